/** Names the shape of what we write as JSON and as workbooks; another shape gets another number. */
export const estimateFormat = 'tidemark.estimate/1';
