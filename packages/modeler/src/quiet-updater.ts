import BpmnUpdater from 'bpmn-js/lib/features/modeling/BpmnUpdater';

/**
 * bpmn-js writes a label's bounds into the drawing whenever the label is redrawn, outside of any command too. While
 * others' edits are put on the canvas that would write back rounded numbers nobody has set.
 */
export class QuietUpdater extends BpmnUpdater {
  static override $inject = ['eventBus', 'bpmnFactory', 'connectionDocking'];
  #isQuiet = false;

  quietly(work: () => void): void {
    this.#isQuiet = true;
    try {
      work();
    } finally {
      this.#isQuiet = false;
    }
  }

  override updateBounds(shape: never): void {
    if (!this.#isQuiet) super.updateBounds(shape);
  }
}
