import { Skeleton } from '@mantine/core';
import { AppBar, Mark } from '@tidemark/ui';
import type { ReactNode } from 'react';
import page from './page.module.css';

/** The editor at its final size while the document is on its way; `children` stands for the work itself. */
export function EditorSkeleton({ children }: { children?: ReactNode }) {
  return (
    <div className={page.page}>
      <AppBar
        start={
          <>
            <Mark />
            <Skeleton height={14} width={180} />
          </>
        }
        end={<Skeleton height={28} width={28} circle />}
      />
      {children}
    </div>
  );
}
