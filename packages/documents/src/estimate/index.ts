export { restoreEstimateThings } from './anatomy.ts';
export { type Applied, type Parent, type Status, type StatusName, statuses } from './atoms.ts';
export { type EstimateContent, estimateContent } from './content.ts';
export { copyEstimateThings } from './copy.ts';
export { decimalText } from './decimal-text.ts';
export { describeEstimate, describeEstimateSession } from './describe.ts';
export {
  type MetaPatch,
  setMeta,
  setParam,
  setProposal,
  setReview,
  writeParent,
  writeStatus,
} from './document-commands.ts';
export { addEstimate, type EstimateInput, fillEstimate } from './fill.ts';
export { addGroup, moveGroup, removeGroup, renameGroup } from './group-commands.ts';
export {
  addLines,
  addSections,
  type Block,
  type CellWrite,
  type Column,
  columns,
  duplicateLines,
  type LineInput,
  type LinePlace,
  moveLines,
  pasteBlock,
  removeLines,
  setCells,
} from './line-commands.ts';
export {
  type ActualPatch,
  addActual,
  addLesson,
  type LessonPatch,
  removeActual,
  removeLesson,
  setActual,
  setLesson,
} from './review-commands.ts';
export { addRisk, applyMitigation, moveRisk, type RiskPatch, removeRisk, setRisk } from './risk-commands.ts';
export {
  estimateSchema,
  type LineKind,
  lineKinds,
  type MarginMode,
  marginModes,
  maxName,
  maxNote,
  maxRate,
  maxWhole,
  type RiskOutcome,
  riskOutcomes,
  type TextName,
  textNames,
} from './schema.ts';
export { type EstimateTemplate, estimateTemplates } from './templates.ts';
export { readTexts, spliceText, textOf } from './texts.ts';
export {
  type ActualView,
  type EstimateView,
  estimate,
  type GroupView,
  isLocked,
  type LessonView,
  type LineView,
  type RiskView,
  type Section,
} from './view.ts';
export type { Gesture } from './write.ts';
