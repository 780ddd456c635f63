import { queryOptions } from '@tanstack/react-query';
import { ApiError, request, toApiError } from './http.ts';

/** What stands on the papers of the company; '' is "not said". */
export interface ProfileFields {
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  readonly email: string;
  readonly website: string;
  readonly licence: string;
  /** Of an estimate that has none of its own. */
  readonly terms: string;
  /** `#rrggbb`, or ''. */
  readonly accent: string;
  readonly timeZone: string;
}

export interface CompanyProfile extends ProfileFields {
  /** Stands on papers when `name` is empty. */
  readonly companyName: string;
  /** 0 before anything was said. */
  readonly revision: number;
  /** Names the bytes of the logo. */
  readonly logo: string | null;
}

const address = '/api/company/profile';

export const companyProfileQuery = queryOptions({
  queryKey: ['company-profile'],
  queryFn: ({ signal }) => request<CompanyProfile>('GET', address, undefined, signal),
});

export const writeCompanyProfile = (said: ProfileFields & { readonly revision: number }) =>
  request<CompanyProfile>('PUT', address, said);

export const removeLogo = () => request<CompanyProfile>('DELETE', `${address}/logo`);

export const logoAddress = (logo: string) => `${address}/logo?${logo.slice(0, 16)}`;

/** Throws ApiError. */
export async function sendLogo(file: Blob): Promise<CompanyProfile> {
  let response: Response;
  try {
    response = await fetch(`${address}/logo`, {
      method: 'PUT',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    });
  } catch {
    throw new ApiError('offline', 0, 'The server cannot be reached.');
  }
  if (!response.ok) throw await toApiError(response);
  return (await response.json()) as CompanyProfile;
}
