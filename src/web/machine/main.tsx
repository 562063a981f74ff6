import './style/base.css';
import './style/layout.css';
import './style/parts.css';
import './style/timeline.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { patiently } from './api/ask';
import { messageOf } from './api/failure';
import { signedOut } from './api/session';
import { followCommands } from './form/command';
import { Page } from './parts/page';
import { Refused, SignIn } from './parts/sign-in';
import { followActivity } from './state/activity';
import { followPins } from './state/compare';
import { followDemo } from './state/demo';
import { followList } from './state/list';
import { followPlayer } from './state/player';
import { keepPulse } from './state/pulse';
import { followScene } from './state/scene';
import { followChosen } from './state/stream';
import { followTail } from './state/tail';
import { askWhoLooks, viewer } from './state/viewer';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');

/** Shows the page once it is known who looks. */
async function open(container: Element): Promise<void> {
  render(<p class="hint">Asking the server…</p>, container);
  try {
    await patiently(askWhoLooks);
    render(<Page />, container);
  } catch (error) {
    // Where the token was not taken, the form that asks for another says so.
    if (signedOut.peek() === null) render(<Refused why={messageOf(error)} />, container);
  }
}

effect(() => {
  const { value: asked } = signedOut;
  viewer.value = null;
  if (asked === null) void open(root);
  else render(<SignIn trouble={asked.why} />, root);
});

for (const follow of [
  keepPulse,
  followScene,
  followList,
  followChosen,
  followTail,
  followActivity,
  followDemo,
  followPins,
  followPlayer,
  followCommands,
]) {
  follow();
}
