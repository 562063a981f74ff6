import './style/base.css';
import './style/layout.css';
import './style/parts.css';
import './style/timeline.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { Failure, messageOf } from './api/failure';
import { token } from './api/session';
import { followCommands } from './form/command';
import { Page } from './parts/page';
import { SignIn } from './parts/sign-in';
import { followActivity } from './state/activity';
import { followPins } from './state/compare';
import { followList } from './state/list';
import { followPlayer } from './state/player';
import { keepPulse } from './state/pulse';
import { followScene } from './state/scene';
import { followChosen } from './state/stream';
import { followTail } from './state/tail';
import { askWhoLooks, viewer } from './state/viewer';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');

const TRIED_AGAIN_AFTER = 3_000;

/** Shows the page once it is known who looks; anew for another token. */
async function open(container: Element): Promise<void> {
  try {
    await askWhoLooks();
    render(<Page />, container);
  } catch (error) {
    const trouble = messageOf(error);
    if (error instanceof Failure && error.kind === 'unanswered') {
      render(<p role="alert">{trouble} Trying again…</p>, container);
      setTimeout(() => void open(container), TRIED_AGAIN_AFTER);
    } else {
      // Who has not tried yet need not be told that it failed.
      render(<SignIn trouble={hasTried ? trouble : null} />, container);
    }
  }
}

let hasTried = false;
effect(() => {
  hasTried ||= token.value !== null;
  viewer.value = null;
  void open(root);
});

for (const follow of [
  keepPulse,
  followScene,
  followList,
  followChosen,
  followTail,
  followActivity,
  followPins,
  followPlayer,
  followCommands,
]) {
  follow();
}
