import { Button } from '@mantine/core';
import { IconDownload, IconEye, IconUserScan } from '@tabler/icons-react';
import { useAccess, useStatus } from '@tidemark/client/react';
import { Banner } from '@tidemark/ui';
import { useDashboard } from './context.ts';
import type { Follow } from './use-follow.ts';

/** What is true of the whole editor for a while: following, viewing only, work the server will not take. */
export function EditorBanners({ follow }: { follow: Follow }) {
  const { provider, documentId } = useDashboard();
  const access = useAccess(provider);
  const status = useStatus(provider);
  const stuck = status.state === 'refused' && status.final && status.pending > 0;
  const download = () => {
    const url = URL.createObjectURL(
      new Blob([provider.exportUnsent().slice()], { type: 'application/octet-stream' }),
    );
    const link = document.createElement('a');
    link.href = url;
    link.download = `${documentId}.yjs`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <>
      {stuck && (
        <Banner
          tone="bad"
          action={
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconDownload size={15} stroke={1.8} />}
              onClick={download}
            >
              Download my work
            </Button>
          }
        >
          The server does not take your last changes. Keep a copy before you leave.
        </Banner>
      )}
      {access === 'read' && (
        <Banner tone="info" icon={<IconEye size={16} stroke={1.8} />}>
          You can view this dashboard. Filters you change stay on your screen.
        </Banner>
      )}
      {follow.person && (
        <Banner
          tone="info"
          icon={<IconUserScan size={16} stroke={1.8} />}
          action={
            <Button size="compact-sm" variant="default" onClick={follow.stop}>
              Stop following
            </Button>
          }
        >
          Following {follow.person.name}. Scroll or press Esc to stop.
        </Banner>
      )}
    </>
  );
}
