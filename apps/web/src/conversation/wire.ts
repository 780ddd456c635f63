import { request } from '../api/http.ts';

/** What a thread is about: something in the document, and what it was called when the thread began. */
export interface Anchor {
  readonly kind: string;
  readonly id: string;
  readonly place?: string;
  readonly label: string;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Times are ISO 8601; `seq` is the number of the last change. */
export interface Thread {
  readonly id: string;
  readonly seq: number;
  readonly anchor: Anchor | null;
  readonly createdAt: string;
  readonly resolvedAt: string | null;
  readonly resolvedBy: { readonly id: string | null; readonly name: string } | null;
}

export interface Message {
  readonly id: string;
  readonly thread: string;
  /** Its place in the conversation. */
  readonly n: number;
  readonly seq: number;
  readonly author: { readonly id: string | null; readonly name: string };
  readonly text: string;
  readonly mentions: readonly Named[];
  readonly createdAt: string;
  readonly editedAt: string | null;
  readonly deletedAt: string | null;
}

export interface Mark {
  readonly thread: string;
  readonly seq: number;
  readonly n: number;
}

export interface Changes {
  /** The number asked with; 0 when the server's numbers do not go that far. */
  readonly from: number;
  readonly seq: number;
  readonly more: boolean;
  readonly threads: readonly Thread[];
  readonly messages: readonly Message[];
  readonly marks: readonly Mark[];
}

const at = (documentId: string) => `/api/documents/${encodeURIComponent(documentId)}/conversation`;

/** The server's side of one document's conversation; each throws ApiError. */
export interface Wire {
  since(seq: number): Promise<Changes>;
  people(): Promise<readonly Named[]>;
  send(change: Change): Promise<void>;
}

/** One change on its way to the server; sent twice it does no more than once. */
export type Change =
  | {
      readonly what: 'say';
      readonly id: string;
      readonly thread: string;
      readonly anchor: Anchor | null;
      readonly text: string;
      readonly mentions: readonly Named[];
    }
  | {
      readonly what: 'edit';
      readonly id: string;
      readonly thread: string;
      readonly text: string;
      readonly mentions: readonly Named[];
    }
  | { readonly what: 'remove'; readonly id: string; readonly thread: string }
  | { readonly what: 'resolve'; readonly thread: string; readonly resolved: boolean }
  | { readonly what: 'mark'; readonly thread: string; readonly n: number };

const ids = (mentions: readonly Named[]) => mentions.map(({ id }) => id);

export function createWire(documentId: string): Wire {
  const path = at(documentId);
  return {
    since: (seq) => request<Changes>('GET', `${path}?since=${seq}`),
    people: async () => (await request<{ items: Named[] }>('GET', `${path}/people`)).items,
    send(change) {
      switch (change.what) {
        case 'say': {
          const { id, thread, anchor, text, mentions } = change;
          return request('PUT', `${path}/messages/${id}`, { thread, anchor, text, mentions: ids(mentions) });
        }
        case 'edit': {
          const { id, text, mentions } = change;
          return request('PATCH', `${path}/messages/${id}`, { text, mentions: ids(mentions) });
        }
        case 'remove':
          return request('DELETE', `${path}/messages/${change.id}`);
        case 'resolve':
          return request('PATCH', `${path}/threads/${change.thread}`, { resolved: change.resolved });
        case 'mark':
          return request('PUT', `${path}/threads/${change.thread}/mark`, { n: change.n });
      }
    },
  };
}
