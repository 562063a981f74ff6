import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import {
  isOrder,
  order,
  ORDERS,
  page,
  search,
  status,
  toFirstPage,
  trail,
  type Row,
} from '../state/list';
import { choose, chosen, moment } from '../state/place';
import { ShowGraphQL } from './show-graphql';
import { count } from './words';

const TYPED_AFTER = 200;

/** The users of the moment that is looked at. */
export function Users() {
  const { value: shown } = page;
  return (
    <section class="part users" aria-labelledby="users-title">
      <header>
        <h2 id="users-title">Users</h2>
        <span class="quiet grow">
          {shown?.total !== null && shown?.total !== undefined && count(shown.total)}
        </span>
        {shown !== null && <ShowGraphQL of="the list" operation={shown.operation} />}
      </header>
      {moment.value === null ? (
        <Filters />
      ) : (
        <p class="quiet hint">As they stood then, in the order of their creation.</p>
      )}
      {shown?.trouble && <p role="alert">{shown.trouble}</p>}
      <ul class="rows">
        {shown?.rows.map((row) => (
          <UserRow key={row.id} row={row} />
        ))}
      </ul>
      {shown?.rows.length === 0 && shown.trouble === null && <p class="quiet hint">Nobody.</p>}
      <Pages next={shown?.next ?? null} />
    </section>
  );
}

function UserRow({ row: { id, name, email, status: state, version } }: { readonly row: Row }) {
  return (
    <li>
      <button
        type="button"
        aria-current={chosen.value === id}
        onClick={() => choose(id)}
        class={state === 'DEACTIVATED' ? 'off' : ''}
      >
        <span class="name">{name}</span>
        <span class="quiet">{email ?? id}</span>
        <span class="quiet version" title="Version">
          v{version}
        </span>
      </button>
    </li>
  );
}

function Filters() {
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <Search />
      <Choice
        label="Which users"
        value={status.value ?? ''}
        onChoose={(value) => {
          status.value = value === 'ACTIVE' || value === 'DEACTIVATED' ? value : null;
        }}
      >
        <option value="">All</option>
        <option value="ACTIVE">Active</option>
        <option value="DEACTIVATED">Deactivated</option>
      </Choice>
      <Choice
        label="Order"
        value={order.value}
        onChoose={(value) => {
          if (isOrder(value)) order.value = value;
        }}
      >
        {Object.keys(ORDERS).map((words) => (
          <option key={words} value={words}>
            {words}
          </option>
        ))}
      </Choice>
    </form>
  );
}

function Search() {
  const [text, setText] = useState(search.value);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (search.value === text) return;
      toFirstPage();
      search.value = text;
    }, TYPED_AFTER);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <input
      type="search"
      aria-label="Search for a name, or a whole e-mail address"
      placeholder="Name or whole e-mail address"
      value={text}
      onInput={(event) => setText(event.currentTarget.value)}
    />
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly children: ComponentChildren;
}

function Choice({ label, value, onChoose, children }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => {
        toFirstPage();
        onChoose(event.currentTarget.value);
      }}
    >
      {children}
    </select>
  );
}

function Pages({ next }: { readonly next: string | null }) {
  const { length } = trail.value;
  if (length === 1 && next === null) return null;
  return (
    <nav class="pages" aria-label="Pages of the list">
      <button
        type="button"
        disabled={length === 1}
        onClick={() => {
          trail.value = trail.value.slice(0, -1);
        }}
      >
        Back
      </button>
      <span class="quiet">Page {count(length)}</span>
      <button
        type="button"
        disabled={next === null}
        onClick={() => {
          trail.value = [...trail.value, next];
        }}
      >
        Next
      </button>
    </nav>
  );
}
