import { Checkbox, SegmentedControl } from '@mantine/core';
import { type EstimateView, setProposal } from '@tidemark/documents/estimate';
import { useEditor } from '../../editor/context.ts';
import { DraftInput } from '../../editor/draft-input.tsx';
import panel from '../../editor/panel.module.css';
import { useMayEdit } from '../../editor/rights.ts';
import { useView } from '../context.ts';
import css from './proposal.module.css';

type Options = EstimateView['proposal'];

/** How the paper looks: parts of the estimate, the same for everybody who has it open. */
export function ProposalOptions() {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const options = useView((view) => view.proposal);
  const taxed = useView((view) => view.params.taxBp !== 0);
  const still = !mayEdit;
  const set = (patch: Partial<Options>) => void setProposal(editor, patch);
  const tick = (
    name: 'showQuantities' | 'showUnitCosts' | 'showOptional' | 'showTax',
    label: string,
    more = {},
  ) => (
    <Checkbox
      label={label}
      checked={options[name]}
      disabled={still}
      onChange={(event) => set({ [name]: event.currentTarget.checked })}
      {...more}
    />
  );
  const lines = options.detail === 'lines';
  const withLines = lines ? {} : { disabled: true, description: 'With lines only' };
  return (
    <div className={css.options}>
      <DraftInput
        label="Heading"
        value={options.heading}
        commit={(heading) => set({ heading: heading.trim() })}
        placeholder="Proposal"
        maxLength={80}
        readOnly={still}
      />
      <div>
        <div className={panel.legend}>Prices</div>
        <SegmentedControl
          fullWidth
          aria-label="Prices"
          value={options.detail}
          disabled={still}
          onChange={(value) => set({ detail: value as Options['detail'] })}
          data={[
            { value: 'sections', label: 'By section' },
            { value: 'lines', label: 'With lines' },
          ]}
        />
      </div>
      <div className={css.ticks}>
        {tick('showQuantities', 'Quantities', withLines)}
        {tick('showUnitCosts', 'Unit prices', withLines)}
        {tick('showOptional', 'Optional items')}
        {tick('showTax', 'Tax', taxed ? {} : { disabled: true, description: 'No tax is set' })}
      </div>
      <div>
        <div className={panel.legend}>Paper</div>
        <SegmentedControl
          fullWidth
          aria-label="Paper"
          value={options.paper}
          disabled={still}
          onChange={(value) => set({ paper: value as Options['paper'] })}
          data={[
            { value: 'letter', label: 'Letter' },
            { value: 'a4', label: 'A4' },
          ]}
        />
      </div>
      <p className={css.note}>
        Customers see selling prices: the bid, spread over what is shown. Costs, overhead, risks and margin
        are in no proposal.
      </p>
    </div>
  );
}
