import { Button, Loader, Modal, SegmentedControl, Skeleton } from '@mantine/core';
import { IconBuilding, IconDownload, IconFileTypePdf } from '@tabler/icons-react';
import { EmptyState, usePhone } from '@tidemark/ui';
import { useState } from 'react';
import { fetched } from '../../shell/fetched.tsx';
import { savedName, saveFile } from '../../shell/save-file.ts';
import { useView } from '../context.ts';
import css from './proposal.module.css';
import { ProposalOptions } from './proposal-options.tsx';
import { ProposalPage } from './proposal-page.tsx';
import { type Proposal, useProposal } from './use-proposal.ts';

const CompanyProfileDialog = fetched(
  async () => (await import('../../shell/company-profile-dialog.tsx')).CompanyProfileDialog,
);

/** The estimate as its customer gets it: how it is to look, its pages, and the PDF. */
export function ProposalDialog({ onClose }: { onClose: () => void }) {
  const phone = usePhone();
  const { title, number, status } = useView((view) => view.meta);
  const [part, setPart] = useState<'pages' | 'options'>('pages');
  const [company, setCompany] = useState(false);
  const [asNow, setAsNow] = useState(false);
  const frozen = status.is !== 'draft' && status.versionId !== null && !asNow;
  const proposal = useProposal(frozen ? status.versionId : null);
  const { shown } = proposal;
  const download = () => {
    const name = savedName([title, number].filter(Boolean).join(' '), 'pdf', 'Proposal');
    if (shown) saveFile(shown.file.bytes, name, 'application/pdf');
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title="Proposal"
      size={1120}
      fullScreen={phone}
      padding={0}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ body: css.body ?? '', content: css.content ?? '', header: css.header ?? '' }}
    >
      <div className={css.desk}>
        {phone && (
          <SegmentedControl
            className={css.switch}
            aria-label="What is shown"
            value={part}
            onChange={(value) => setPart(value as 'pages' | 'options')}
            data={[
              { value: 'pages', label: 'Pages' },
              { value: 'options', label: 'Options' },
            ]}
          />
        )}
        {(!phone || part === 'options') && (
          <aside className={css.side} aria-label="Options of the proposal">
            {status.is !== 'draft' && status.versionId !== null && (
              <SegmentedControl
                fullWidth
                aria-label="Which state"
                value={asNow ? 'now' : 'frozen'}
                onChange={(value) => setAsNow(value === 'now')}
                data={[
                  { value: 'frozen', label: 'As submitted' },
                  { value: 'now', label: 'As it is now' },
                ]}
              />
            )}
            {frozen ? (
              <p className={css.note}>
                Version {status.number} keeps its look, like its prices. A new look is for the next
                submission.
              </p>
            ) : (
              <ProposalOptions />
            )}
            <Button
              variant="default"
              leftSection={<IconBuilding size={16} stroke={1.7} />}
              onClick={() => setCompany(true)}
            >
              Company on the paper
            </Button>
          </aside>
        )}
        {(!phone || part === 'pages') && <Papers proposal={proposal} />}
      </div>
      <footer className={css.foot}>
        <State proposal={proposal} />
        <Button
          leftSection={<IconDownload size={16} stroke={1.8} />}
          disabled={shown === null || proposal.busy || proposal.problem !== null}
          onClick={download}
        >
          Download PDF
        </Button>
      </footer>
      {company && <CompanyProfileDialog onClose={() => setCompany(false)} />}
    </Modal>
  );
}

function Papers({ proposal }: { proposal: Proposal }) {
  const { shown, busy, problem, again } = proposal;
  if (shown === null && problem !== null && !busy) {
    return (
      <div className={css.papers}>
        <EmptyState
          icon={<IconFileTypePdf size={28} stroke={1.4} />}
          title={problem.offline ? 'You are offline' : 'There is no proposal yet'}
        >
          <p>{problem.words}</p>
          {!problem.offline && (
            <Button variant="default" onClick={again}>
              Try again
            </Button>
          )}
        </EmptyState>
      </div>
    );
  }
  return (
    // Focusable: the pages have nothing that the keyboard could stop at to scroll them.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reached by the keyboard (WCAG 2.1.1)
    <section className={css.papers} aria-label="Pages of the proposal" aria-busy={busy} tabIndex={0}>
      {shown === null ? (
        <Skeleton className={css.page ?? ''} style={{ aspectRatio: '612 / 792' }} />
      ) : (
        shown.pages.list.map((page, index) => (
          <ProposalPage
            // The place is all that a page of one paper and of the next have in common.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            page={page}
            number={index + 1}
            count={shown.pages.list.length}
          />
        ))
      )}
    </section>
  );
}

function State({ proposal: { shown, busy, problem, again } }: { proposal: Proposal }) {
  const pages = shown?.pages.list.length ?? 0;
  return (
    <div className={css.state} role="status">
      {busy && <Loader size={14} aria-hidden />}
      {busy
        ? 'The server is writing it…'
        : problem !== null
          ? shown === null
            ? ''
            : `Not up to date. ${problem.words}`
          : `${pages} ${pages === 1 ? 'page' : 'pages'}`}
      {!busy && problem !== null && shown !== null && !problem.offline && (
        <Button variant="subtle" size="compact-sm" onClick={again}>
          Try again
        </Button>
      )}
    </div>
  );
}
