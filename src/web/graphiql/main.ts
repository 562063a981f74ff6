import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';
import { createLocalStorage } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { takeAsked } from './asked';
import { fetcher } from './fetcher';
import { tabs } from './tabs';

// Other projects' GraphiQL on the same port keep their tabs in the same browser storage.
const storage = createLocalStorage({ namespace: 'hindsight' });

const asked = takeAsked();
addEventListener('hashchange', () => location.reload());

// GraphiQL opens the tab that says what stands in these two, and makes one where there is none; with no
// tabs at all it fills the editors of the first from them, and not from defaultTabs.
const opened = asked ?? (storage.getItem('graphiql:tabState') === null ? tabs[0] : undefined);
if (opened !== undefined) {
  storage.setItem('graphiql:query', opened.query);
  storage.setItem('graphiql:variables', opened.variables);
}

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  createElement(
    GraphiQL,
    {
      fetcher,
      storage,
      defaultTabs: asked ? [asked, ...tabs] : [...tabs],
      defaultEditorToolsVisibility: 'variables',
    },
    createElement(GraphiQL.Logo, null, 'Hindsight'),
  ),
);
