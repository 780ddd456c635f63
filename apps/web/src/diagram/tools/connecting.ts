import { createContext, useContext } from 'react';

/** Asks where a flow from an element is to lead. */
export interface Connecting {
  begin(key: string): void;
}

export const ConnectingContext = createContext<Connecting | null>(null);

export function useConnecting(): Connecting {
  const connecting = useContext(ConnectingContext);
  if (!connecting) throw new Error('A tool stands outside of the diagram.');
  return connecting;
}
