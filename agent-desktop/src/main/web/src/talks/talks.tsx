import { useEffect } from 'preact/hooks';
import type { FoundTalkLine, TalkPage } from '../generated/wire';
import { Number } from '../dial/dialer';
import { Player } from '../record/player';
import { duration, moment } from '../shared/format';
import { pagedSearch, SearchCard, SearchEnd } from '../shared/paged-search';
import { say } from '../shared/words';
import './talks.css';

// Recordings of talks, whoever called, the latest first.

const search = pagedSearch(
  '/api/talks',
  { about: '', from: '', until: '' },
  (page: TalkPage): FoundTalkLine[] => page.talks,
);

export function Talks() {
  useEffect(() => void search.load(), []);
  return (
    <main class="list-page talks">
      <SearchCard search={search}>
        <label>
          {say('talkAbout')}
          <input name="about" value={search.wanted.value.about} onInput={search.set('about')} />
        </label>
      </SearchCard>
      <p class="fault" role="alert">
        {search.fault}
      </p>
      <table>
        <thead>
          <tr>
            <th>{say('auditAt')}</th>
            <th>{say('blockedNumber')}</th>
            <th>{say('talkAgent')}</th>
            <th>{say('queue')}</th>
            <th>{say('talkLength')}</th>
            <th>{say('talkRecording')}</th>
          </tr>
        </thead>
        <tbody>
          {search.lines.value.map((talk) => (
            <tr key={talk.recording} data-contact={talk.contact}>
              <td class="timer">{moment(talk.began)}</td>
              <td>
                <Number number={talk.number} about={talk.contact} />
              </td>
              <td>{talk.agent}</td>
              <td>{talk.queue}</td>
              <td class="timer">
                {talk.ended ? duration(talk.ended - talk.began) : say('talkGoesOn')}
              </td>
              <td>{talk.ended && <Player recording={talk.recording} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <SearchEnd search={search} />
    </main>
  );
}
