import type { ColumnType, Generated } from 'kysely';

/** What something costs the company. Kept when archived: estimates refer to it. */
export interface PriceItemsTable {
  id: Generated<string>;
  company_id: string;
  /** Unique in the company among what is not archived; '' is none. */
  code: string;
  name: string;
  unit: string;
  /** Ten-thousandths of the currency's unit. */
  unit_cost: number;
  currency: string;
  kind: 'mat' | 'lab' | 'equip' | 'sub' | 'other';
  waste_bp: number;
  category: string;
  note: string;
  /** Counts its changes from 1. */
  revision: Generated<number>;
  created_at: Generated<Date>;
  created_by: string | null;
  updated_at: Generated<Date>;
  updated_by: string | null;
  archived_at: Date | null;
}

/** Written by a trigger, once for each price that an item has had. */
export interface PriceChangesTable {
  id: Generated<string>;
  company_id: string;
  item_id: string;
  /** Null for the first price. */
  old_cost: number | null;
  old_currency: string | null;
  new_cost: number;
  new_currency: string;
  changed_at: Generated<Date>;
  changed_by: string | null;
}

/** Several prices in fixed proportions, per unit of the whole. */
export interface AssembliesTable {
  id: Generated<string>;
  company_id: string;
  name: string;
  unit: string;
  category: string;
  description: string;
  components: ColumnType<readonly unknown[], string, string>;
  revision: Generated<number>;
  created_at: Generated<Date>;
  created_by: string | null;
  updated_at: Generated<Date>;
  updated_by: string | null;
  archived_at: Date | null;
}
