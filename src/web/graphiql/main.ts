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

// GraphiQL fills the first tab's editors from these two, and not from defaultTabs.
if (storage.getItem('graphiql:tabState') === null) {
  storage.setItem('graphiql:query', tabs[0].query);
  storage.setItem('graphiql:variables', tabs[0].variables);
}

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  createElement(
    GraphiQL,
    {
      fetcher,
      storage,
      // Beside the tabs of an earlier visit GraphiQL opens one for these two; where there was none, it
      // fills the first with them.
      ...(asked && { initialQuery: asked.query, initialVariables: asked.variables }),
      defaultTabs: asked ? [asked, ...tabs] : [...tabs],
      defaultEditorToolsVisibility: 'variables',
    },
    createElement(GraphiQL.Logo, null, 'Hindsight'),
  ),
);
