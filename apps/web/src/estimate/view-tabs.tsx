import { Tabs } from '@mantine/core';
import { usePhone } from '@tidemark/ui';
import type { ReactNode } from 'react';
import { useDesk } from './context.ts';
import { TabSign, tabThings } from './past/tab-sign.tsx';
import { BidGlance } from './summary/bid-glance.tsx';
import css from './views.module.css';
import { type ViewPart, views } from './views.ts';

/** The tabs of the work, around it; beside them what the estimate comes to. */
export function ViewTabs({ children }: { children: ReactNode }) {
  const { view, look } = useDesk();
  const phone = usePhone();
  return (
    <Tabs
      value={view}
      keepMounted={false}
      onChange={(name) => {
        const part = views.find((one) => one.name === name);
        if (part) look(part.name);
      }}
      classNames={{ root: css.frame, list: css.list, tab: css.tab }}
    >
      <section className={css.bar} aria-label="Views and bid">
        <Tabs.List aria-label="Views">
          {views.map((part) => (
            <Tab key={part.name} part={part} />
          ))}
        </Tabs.List>
        {!phone && <BidGlance />}
      </section>
      {children}
    </Tabs>
  );
}

const noCount = () => null;

function Tab({ part: { name, label, icon: Icon, useCount = noCount } }: { part: ViewPart }) {
  const count = useCount();
  return (
    <Tabs.Tab value={name} leftSection={<Icon size={16} stroke={1.7} aria-hidden />}>
      {label}
      {count !== null && <span className={css.count}>{count}</span>}
      <TabSign of={tabThings[name]} />
    </Tabs.Tab>
  );
}
