import { typeOf } from './grammar.ts';
import type { Written } from './graph.ts';
import type { Mends } from './mend.ts';

const boundaryEvent = 'bpmn:BoundaryEvent';

/**
 * One moves an activity into a subprocess while another puts an event on it: the event lies where its host does.
 * `events` hold all those whose place, host or host's place may be others than before.
 */
export function mendEvents(written: Written, events: Iterable<string>, mends: Mends): void {
  for (const key of events) {
    const event = written.get(key);
    const host = event?.values.get('&attachedToRef');
    const activity = typeof host === 'string' ? written.get(host) : undefined;
    if (event === undefined || activity === undefined) continue;
    if (typeOf(activity.type)?.kinds.has('bpmn:Activity') !== true) continue;
    const place = mends.get(activity.key)?.place ?? [activity.parent, activity.property];
    const [owner, property] = place;
    if (owner === null || property === null) continue;
    if (event.parent === owner && event.property === property) continue;
    mends.set(key, {
      place: [owner, property],
      detail: 'This event lies where the activity does that it is on.',
    });
  }
}

/** An event itself, or those on an activity. */
export function eventsOn(written: Written, key: string): readonly string[] {
  const element = written.get(key);
  if (element === undefined) return [];
  if (element.type === boundaryEvent) return [key];
  if (typeOf(element.type)?.kinds.has('bpmn:Activity') !== true) return [];
  return written.referrers(key).filter((referrer) => written.get(referrer)?.type === boundaryEvent);
}
