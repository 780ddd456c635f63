import { type ComponentType, useContext } from 'react';
import { ToolsContext } from './context.ts';

/** A panel that waits until there is a canvas. */
export function withTools(Panel: ComponentType): ComponentType {
  return function Waiting() {
    return useContext(ToolsContext) === null ? null : <Panel />;
  };
}
