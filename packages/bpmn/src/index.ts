export type { Decoder } from './file/decode.ts';
export { type FileRefusal, isFileRefusal } from './file/file-refusal.ts';
export type { Fate, FileNote, FileReport, NoteCode, NotedElement } from './file/report.ts';
export { type LintFinding, type LintRule, lintDiagram } from './lint/lint-diagram.ts';
