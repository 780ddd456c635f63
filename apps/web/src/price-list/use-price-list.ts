import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { wordsOf } from '../api/http.ts';
import { fillWithSamples, priceListKey } from '../api/price-list.ts';
import { meQuery } from '../api/session.ts';
import { countOf } from '../shell/sizes.ts';

/** Whether this person may change the company's price list. */
export function useMayChangePrices(): boolean {
  const { data: me } = useSuspenseQuery(meQuery);
  return me.company.role !== 'viewer';
}

/** Asks for everything of the price list anew, after it was changed. */
export function usePricesChanged(): () => Promise<void> {
  const queryClient = useQueryClient();
  return useCallback(() => queryClient.invalidateQueries({ queryKey: priceListKey }), [queryClient]);
}

export function sayTrouble(error: Error): void {
  notifications.show({ color: 'red', title: 'That did not work', message: wordsOf(error) });
}

/** Fills an empty price list with sample prices. */
export function useSamples() {
  const changed = usePricesChanged();
  return useMutation({
    mutationFn: fillWithSamples,
    onError: sayTrouble,
    onSuccess: async ({ items, assemblies }) => {
      notifications.show({
        message: `${countOf(items, 'sample price')} and ${countOf(assemblies, 'assembly', 'assemblies')} are in your list. Put your own prices in before you bid.`,
      });
      await changed();
    },
  });
}
