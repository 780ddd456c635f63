import { anyTopic, type Provider } from '@tidemark/client';
import { isLive, isShutOut } from '../editor/rights.ts';
import { type Conversation, createConversation, type Tabs } from './conversation.ts';
import { openDeviceKeep } from './device-keep.ts';
import { createMemoryKeep, type Keep } from './keep.ts';
import { createWire } from './wire.ts';

interface Opened {
  readonly conversation: Conversation;
  close(): void;
}

/** The conversation of one open document, kept on this device for this person and caught up whenever there is news of it. */
export async function openConversation(
  documentId: string,
  personId: string,
  provider: Provider,
): Promise<Opened> {
  const name = `tidemark-talk ${personId} ${documentId}`;
  const channel = new BroadcastChannel(name);
  let closed = false;
  const tabs: Tabs = {
    tell: () => {
      // A request may still be under way when the document is left.
      if (!closed) channel.postMessage(null);
    },
    onTold(listener) {
      channel.addEventListener('message', listener);
      return () => channel.removeEventListener('message', listener);
    },
  };
  const conversation = createConversation({
    keep: await openKeep(personId, documentId),
    wire: createWire(documentId),
    tabs,
    clock: {
      now: () => Date.now(),
      after(ms, run) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    },
    random: Math.random,
    newId: () => crypto.randomUUID(),
    // Pages that are no secure context have no locks: there two tabs may send the same, which the server takes once.
    alone: (run) => navigator.locks?.request(name, run) ?? run(),
  });
  const catchUp = () => {
    // Whoever is shut out is not let in by asking.
    if (!isShutOut(provider.status())) void conversation.catchUp();
  };
  const stopNews = provider.onNews((topic) => (topic === 'comments' || topic === anyTopic) && catchUp());
  window.addEventListener('online', catchUp);
  // Before the document has let this person in there is nothing to ask; then it says so by news.
  if (isLive(provider.status())) catchUp();
  return {
    conversation,
    close() {
      stopNews();
      window.removeEventListener('online', catchUp);
      conversation.destroy();
      closed = true;
      channel.close();
    },
  };
}

async function openKeep(personId: string, documentId: string): Promise<Keep> {
  try {
    return await openDeviceKeep(personId, documentId);
  } catch (error) {
    console.info('Comments are not kept on this device.', error);
    return createMemoryKeep();
  }
}
