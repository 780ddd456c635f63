import { useEffect, useState } from 'react';
import { useSession } from '../../editor/context.ts';
import { usePeerStore } from '../../editor/use-presence.ts';
import { useDiagram } from '../context.ts';
import { createLayer, type PresenceLayer } from './layer.ts';
import { diagramPresence } from './state.ts';

/** Puts the others on the canvas. Pointers move 20 times a second each: they are drawn past React, once a frame. */
export function PresenceMarks({ following }: { following: string | null }) {
  const { canvas } = useDiagram();
  const { me } = useSession();
  const store = usePeerStore(diagramPresence);
  const [layer, setLayer] = useState<PresenceLayer | null>(null);
  useEffect(() => {
    if (!canvas) return;
    const made = createLayer(canvas, me.id, store.read);
    const stop = store.subscribe(made.invite);
    setLayer(made);
    return () => {
      stop();
      made.destroy();
      setLayer(null);
    };
  }, [canvas, me, store]);
  useEffect(() => layer?.frame(following), [layer, following]);
  return null;
}
