import type { Comparison, HistoryBench, WorkSession } from '@tidemark/history';
import { type Parcel, unpackMaterial } from './parcel.ts';

type Range<W extends 'pack' | 'sessions'> = Parameters<HistoryBench[W]>[1];

/** One call of the bench on its way to a thread. */
export type Job =
  | { readonly work: 'stateAt'; readonly material: Parcel; readonly lsn: number }
  | { readonly work: 'packedState'; readonly material: Parcel; readonly lsn: number }
  | { readonly work: 'pack'; readonly material: Parcel; readonly range: Range<'pack'> }
  | {
      readonly work: 'sessions';
      readonly material: Parcel;
      readonly range: Range<'sessions'>;
      readonly open: readonly WorkSession[];
    }
  | {
      readonly work: 'changes';
      readonly comparison: Omit<Comparison, 'before' | 'after' | 'between' | 'thinned'>;
      readonly before: Parcel;
      readonly after: Parcel;
      readonly between: Parcel;
      readonly thinned: { readonly lsn: number; readonly material: Parcel } | null;
    };

/** What the function of the bench that bears the work's name gives. */
export type AnswerTo<W extends Job['work']> = Awaited<ReturnType<HistoryBench[W]>>;
export type Answer = AnswerTo<Job['work']>;

export function perform(bench: HistoryBench, job: Job): Promise<Answer> {
  switch (job.work) {
    case 'stateAt':
      return bench.stateAt(unpackMaterial(job.material), job.lsn);
    case 'packedState':
      return bench.packedState(unpackMaterial(job.material), job.lsn);
    case 'pack':
      return bench.pack(unpackMaterial(job.material), job.range);
    case 'sessions':
      return bench.sessions(unpackMaterial(job.material), job.range, job.open);
    case 'changes':
      return bench.changes({
        ...job.comparison,
        before: unpackMaterial(job.before),
        after: unpackMaterial(job.after),
        between: unpackMaterial(job.between),
        thinned: job.thinned && { ...job.thinned, material: unpackMaterial(job.thinned.material) },
      });
  }
}
