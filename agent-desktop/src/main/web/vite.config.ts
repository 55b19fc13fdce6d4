import { defineConfig } from 'vitest/config';

// The jar serves what is built here from the class path.
export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: { outDir: '../../../target/classes/web', emptyOutDir: true },
  test: { include: ['test/**/*.test.ts'], environment: 'happy-dom', reporters: ['dot'] },
});
