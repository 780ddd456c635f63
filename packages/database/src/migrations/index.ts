import type { Migration } from 'kysely/migration';
import * as login from './0001-login.ts';
import * as companies from './0002-companies.ts';
import * as documents from './0003-documents.ts';
import * as companyFunctions from './0004-company-functions.ts';
import * as logFunctions from './0005-log-functions.ts';
import * as rightsAndEpochs from './0006-rights-and-epochs.ts';
import * as quarantine from './0007-quarantine.ts';
import * as operators from './0008-operators.ts';
import * as conversation from './0009-conversation.ts';
import * as thumbnails from './0010-thumbnails.ts';
import * as attachments from './0011-attachments.ts';
import * as versions from './0012-versions.ts';
import * as priceList from './0013-price-list.ts';
import * as companyProfiles from './0014-company-profiles.ts';
import * as pastProjects from './0015-past-projects.ts';
import * as history from './0016-history.ts';
import * as historySettings from './0017-history-settings.ts';
import * as purge from './0018-purge.ts';
import * as formerPlaces from './0019-former-places.ts';

/** In the order of their names, forward only. One that has been released is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-login': { up: login.up },
  '0002-companies': { up: companies.up },
  '0003-documents': { up: documents.up },
  '0004-company-functions': { up: companyFunctions.up },
  '0005-log-functions': { up: logFunctions.up },
  '0006-rights-and-epochs': { up: rightsAndEpochs.up },
  '0007-quarantine': { up: quarantine.up },
  '0008-operators': { up: operators.up },
  '0009-conversation': { up: conversation.up },
  '0010-thumbnails': { up: thumbnails.up },
  '0011-attachments': { up: attachments.up },
  '0012-versions': { up: versions.up },
  '0013-price-list': { up: priceList.up },
  '0014-company-profiles': { up: companyProfiles.up },
  '0015-past-projects': { up: pastProjects.up },
  '0016-history': { up: history.up },
  '0017-history-settings': { up: historySettings.up },
  '0018-purge': { up: purge.up },
  '0019-former-places': { up: formerPlaces.up },
};
