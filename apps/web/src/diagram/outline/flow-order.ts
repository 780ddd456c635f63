/**
 * Steps in the order in which a process runs through them: a reverse postorder of the depth-first walk along the flows, which for flows
 * without loops is a topological order (Cormen et al., Introduction to Algorithms, "Topological sort") and breaks loops where they close. The
 * walk begins where nothing leads, first branches come first.
 */
export function flowOrder(
  steps: readonly string[],
  next: (step: string) => readonly string[],
  isStart: (step: string) => boolean,
): readonly string[] {
  const known = new Set(steps);
  const targets = new Map(steps.map((step) => [step, next(step).filter((each) => known.has(each))]));
  const led = new Set([...targets.values()].flat());
  const rank = (step: string) => (isStart(step) ? 0 : !led.has(step) ? 1 : 2);
  const begins = [...steps].sort((a, b) => rank(a) - rank(b));

  const seen = new Set<string>();
  const walks = begins.map((begin) => postorder(begin, targets, seen));
  return walks.flatMap((walk) => walk.reverse());
}

/** Iterative: a flow of some thousand steps must not fill the stack. */
function postorder(
  begin: string,
  targets: ReadonlyMap<string, readonly string[]>,
  seen: Set<string>,
): string[] {
  if (seen.has(begin)) return [];
  seen.add(begin);
  const done: string[] = [];
  const stack = [{ step: begin, left: [...(targets.get(begin) ?? [])] }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    // The last branch is walked first, so that after the reversal the first one stands first.
    const step = top.left.pop();
    if (step === undefined) {
      done.push(top.step);
      stack.pop();
    } else if (!seen.has(step)) {
      seen.add(step);
      stack.push({ step, left: [...(targets.get(step) ?? [])] });
    }
  }
  return done;
}
