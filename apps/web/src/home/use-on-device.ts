import { useQuery } from '@tanstack/react-query';
import { listOnDevice } from '@tidemark/client';

/** The documents that open without the server; null while nobody needs to know, and where the browser can't tell. */
export function useOnDevice(personId: string, needed: boolean): ReadonlySet<string> | null {
  const { data } = useQuery({
    queryKey: ['on-device', personId],
    queryFn: async () => new Set(await listOnDevice(personId)),
    enabled: needed,
    refetchOnMount: 'always',
  });
  return needed ? (data ?? null) : null;
}
