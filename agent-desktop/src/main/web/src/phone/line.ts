import type { Socket } from 'jssip/lib/Socket';

// The telephone's line: SIP over a WebSocket of this server's, which leads to the telephone system.

/** The log-in is over; another page has the telephone. */
const LOGGED_OUT = 4001;
const OTHER_PAGE = 4002;

/** What the server says to a page that has a talk to ask for. */
const TALKS = 'talks';

const NOTIFY = /^NOTIFY /;
const TALK_EVENT = /\r\nEvent: *talk *\r\n/i;

export interface LineEvents {
  /** The page that was here before has left a talk. */
  talks: () => void;
  /** The desk says that this call is to be answered. */
  answer: (call: string) => void;
  /** It is another page's now, or nobody's. */
  taken: (loggedOut: boolean) => void;
}

/** As JsSIP wants a socket to be. */
export class Line implements Socket {
  via_transport = 'WS';
  readonly url: string;
  readonly sip_uri: string;
  onconnect = () => {};
  ondisconnect: Socket['ondisconnect'] = () => {};
  ondata: Socket['ondata'] = () => {};
  private socket: WebSocket | null = null;

  constructor(private readonly events: LineEvents) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.url = `${scheme}://${location.host}/api/phone/line?page=${crypto.randomUUID()}`;
    this.sip_uri = `sip:${location.host};transport=ws`;
  }

  connect(): void {
    if (this.socket) return;
    const opened = new WebSocket(this.url, 'sip');
    this.socket = opened;
    opened.onopen = () => this.onconnect();
    opened.onmessage = ({ data }) => this.take(data as string);
    opened.onclose = ({ code, reason, wasClean }) => {
      if (this.socket !== opened) return;
      this.socket = null;
      if (code === LOGGED_OUT || code === OTHER_PAGE) this.events.taken(code === LOGGED_OUT);
      else this.ondisconnect(!wasClean, code, reason);
    };
  }

  disconnect(): void {
    const open = this.socket;
    this.socket = null;
    open?.close();
  }

  /** The network may be another one: what is there is not waited for. */
  breakOff(): void {
    const open = this.socket;
    if (!open) return;
    this.socket = null;
    open.onopen = open.onmessage = open.onclose = null;
    open.close();
    this.ondisconnect(true, 1006, '');
  }

  send(message: string): boolean {
    if (!this.isConnected()) return false;
    this.socket!.send(message);
    return true;
  }

  isConnected(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  isConnecting(): boolean {
    return this.socket?.readyState === WebSocket.CONNECTING;
  }

  private take(text: string): void {
    if (text === TALKS) this.events.talks();
    else if (NOTIFY.test(text) && TALK_EVENT.test(text)) this.told(text);
    else this.ondata(text);
  }

  /** "Answer", by the event package that desk telephones have for it. JsSIP does not know it. */
  private told(text: string): void {
    const lines = text.slice(0, text.indexOf('\r\n\r\n')).split('\r\n');
    const of = (name: RegExp) => lines.filter((line) => name.test(line));
    this.send(
      [
        'SIP/2.0 200 OK',
        ...of(/^Via:/i),
        ...of(/^From:/i),
        ...of(/^To:/i),
        ...of(/^Call-ID:/i),
        ...of(/^CSeq:/i),
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    );
    const call = of(/^Call-ID:/i)[0] ?? '';
    this.events.answer(call.slice(call.indexOf(':') + 1).trim());
  }
}
