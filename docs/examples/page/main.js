// A page of your own with Tidemark's client in it: a shared list and a true status, no framework.
import { createProvider } from '@tidemark/client';

const byId = (id) => document.getElementById(id);

async function signIn() {
  const answer = await fetch('/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'somebody' }),
  });
  return (await answer.json()).token;
}

const provider = createProvider({
  url: `${location.origin.replace('http', 'ws')}/sync`,
  documentId: '00000000-0000-4000-8000-000000000001',
  token: signIn, // asked afresh for each connection
});
const list = provider.doc.getArray('list');

const said = {
  saved: () => 'Saved',
  saving: ({ pending }) => `Saving ${pending} …`,
  offline: ({ pending, keptOnDevice }) =>
    `Offline, ${pending} ${keptOnDevice ? 'kept on this device' : 'unsaved'}`,
  refused: ({ message }) => message,
};
const showStatus = () => {
  const status = provider.status();
  byId('status').textContent = said[status.state]?.(status) ?? status.state;
};
const showList = () => {
  const lines = list.map((text) => Object.assign(document.createElement('li'), { textContent: text }));
  byId('list').replaceChildren(...lines);
};
provider.subscribe(showStatus);
list.observe(showList);
showStatus();
showList();

byId('form').addEventListener('submit', (event) => {
  event.preventDefault();
  list.push([new FormData(event.target).get('text')]);
  event.target.reset();
});
window.addEventListener('beforeunload', (event) => {
  if (provider.status().unsafe) event.preventDefault();
});
