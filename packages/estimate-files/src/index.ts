export { type WorkbookInput, writeWorkbook } from './workbook/write-workbook.ts';
