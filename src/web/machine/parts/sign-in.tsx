import { useState } from 'preact/hooks';
import { signIn, signOut, token } from '../api/session';

/** Asks for a token, where the server wants to know who looks. */
export function SignIn({ trouble }: { readonly trouble: string | null }) {
  const [text, setText] = useState('');
  return (
    <main class="part sign-in">
      <h1>Hindsight</h1>
      <p>This server wants to know who asks. A token is kept in this tab alone.</p>
      {trouble !== null && <p role="alert">{trouble}</p>}
      <form
        class="command"
        onSubmit={(event) => {
          event.preventDefault();
          signIn(text.trim());
        }}
      >
        <div class="field">
          <label for="token">JSON Web Token</label>
          <input
            id="token"
            type="password"
            required
            autocomplete="off"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </div>
        <button type="submit" class="main">
          Sign in
        </button>
      </form>
    </main>
  );
}

/** For who is known, and may not look. */
export function Refused({ why }: { readonly why: string }) {
  return (
    <main class="part sign-in">
      <h1>Hindsight</h1>
      <p role="alert">{why}</p>
      {token.value !== null && (
        <button type="button" onClick={() => signOut()}>
          Sign out
        </button>
      )}
    </main>
  );
}
