import { notificationsStore } from '@mantine/notifications';
import { expect, test } from 'vitest';
import { LastToast } from './last-toast.ts';

test('what is said next stands in the place of what was said before, and has a time of its own', () => {
  const toast = new LastToast();
  const standing = () => notificationsStore.getState().notifications;
  toast.say({ message: 'Copied.' });
  const [first] = standing();
  toast.say({ message: 'Put back.' });
  const [second, ...others] = standing();
  expect([first?.message, second?.message, others]).toEqual(['Copied.', 'Put back.', []]);
  expect(second?.id).not.toBe(first?.id);
  toast.hide();
  expect(standing()).toEqual([]);
});
