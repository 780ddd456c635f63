export { createPictures, type Pictures } from './pictures.ts';
export {
  type DrawOptions,
  type Failure,
  type FailureCode,
  type Format,
  failureCodes,
  isFailure,
  type Page,
  type Theme,
} from './request.ts';
