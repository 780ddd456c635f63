import './ambient.ts';
import '@fontsource/arimo/400.css';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import { runSession } from './session.ts';

declare global {
  interface Window {
    runSession: typeof runSession;
  }
}

window.runSession = runSession;
