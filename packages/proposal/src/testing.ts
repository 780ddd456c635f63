/** Offers to try things on. */
import type { Offer, OfferLine, OfferSection } from './offer.ts';

/** A roof, with its parts changed; its price is that of its sections. */
export function anOffer(changed: Partial<Offer> = {}): Offer {
  const whole: Offer = {
    paper: 'letter',
    company: {
      name: 'Ridgeline Roofing & Construction, Inc.',
      address: '1840 Industrial Parkway\nBoulder, CO 80301',
      phone: '(303) 555-0148',
      email: 'office@ridgeline.example',
      website: 'ridgeline.example',
      licence: 'CO-RC-104482',
      accent: '#1f5c7a',
      logo: null,
    },
    heading: 'Proposal',
    title: 'Roof replacement, Maple Street Community Center',
    number: 'E-2026-0142',
    draft: false,
    date: '2026-11-18',
    validUntil: '2026-12-18',
    preparedBy: 'Ana Ortiz',
    client: {
      name: 'City of Lafayette, Facilities',
      address: '1290 South Public Road\nLafayette, CO 80026',
      email: 'facilities@lafayette.example',
    },
    site: 'Maple Street Community Center\n455 Maple Street\nLafayette, CO 80026',
    scope:
      'We will remove the existing asphalt shingle roof down to the deck, repair the deck where it has failed, and install a new roofing system with a 30-year manufacturer warranty.\n\n- Protect landscaping, walls and windows before tear-off\n- Replace up to 320 sq ft of decking; more is charged by the sheet\n- Ice and water shield along all eaves and in all valleys\n- Magnetic sweep of the site at the end of each day',
    terms:
      'Payment is 30 % on signing, 40 % when material is delivered, and 30 % on completion.\nWork begins within 21 days after signing, weather permitting, and takes about nine working days.\nChanges to the scope are agreed in writing, with their price, before they are carried out.\nWorkmanship is warranted for five years; material by its manufacturer.',
    currency: 'USD',
    columns: { quantity: true, unitPrice: true },
    sections: [
      section('Tear-off and disposal', [
        line('Remove asphalt shingles, two layers', 64, 'sq', 118.5),
        line('Remove flashing, vents and gutters', 480, 'lf', 3.25),
        line('Dumpster and disposal fees', 3, 'ea', 645),
      ]),
      section('Roofing', [
        line('Deck repair, 1/2" CDX plywood', 320, 'sq ft', 4.1),
        line('Synthetic underlayment', 64, 'sq', 31.75),
        line('Ice and water shield at eaves and valleys', 1450, 'sq ft', 1.95),
        line('Architectural shingles, Class 4 impact rated', 64, 'sq', 312.4),
        line('Ridge vent and cap', 186, 'lf', 14.2),
        line('Step and counter flashing, 26 ga. painted steel', 240, 'lf', 18.6),
      ]),
      section('Gutters', [
        line('Seamless 6" gutter, 0.032 aluminum', 410, 'lf', 13.8),
        line('Downspouts with elbows', 168, 'lf', 11.4),
      ]),
      section('Permits and site', [line('Building permit and inspections', 1, 'ls', 985)]),
    ],
    options: [
      line('Gutter guards, all eaves', 410, 'lf', 9.5),
      line(
        'Upgrade to standing seam metal over the entry canopy, including new substrate and snow guards',
        6,
        'sq',
        1180,
      ),
    ],
    price: 0,
    tax: { is: 'none' },
  };
  const offer = { ...whole, ...changed };
  return { ...offer, price: changed.price ?? offer.sections.reduce((sum, { price }) => sum + price, 0) };
}

export function section(name: string, lines: readonly OfferLine[]): OfferSection {
  return { name, lines, price: lines.reduce((sum, { price }) => sum + price, 0) };
}

/** Quantity and price in whole units. */
export function line(name: string, quantity: number, unit: string, unitPrice: number): OfferLine {
  const money = Math.round(unitPrice * 10_000);
  return {
    name,
    quantity: quantity * 1_000_000,
    unit,
    unitPrice: money,
    price: Math.round((quantity * money) / 100) * 100,
  };
}

/** A PNG of 2 × 2 pixels, half of them clear. */
export function aPicture(): Uint8Array {
  const base64 =
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAEUlEQVR4nGOQj6n6zwACMAYAKEwD6QoVDL8AAAAASUVORK5CYII=';
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}

/** A JPEG of a few pixels. */
export function jpeg(): Uint8Array {
  const base64 =
    '/9j/4AAQSkZJRgABAQEAAAAAAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////' +
    '////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////' +
    '////////////////////wAARCAAIAAcDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAA' +
    'AgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6' +
    'Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXG' +
    'x8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREA' +
    'AgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5' +
    'OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPE' +
    'xcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwC2OuBmiiigD//Z';
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}
