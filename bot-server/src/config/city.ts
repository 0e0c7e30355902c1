import type { Zone } from '@suiban/shared/time';

/** The city profile (`bot-server/city/<city>.yaml`): every name a screen shows that belongs to one city. */
export interface City {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  /** Name of the product on the screens, e.g. 随办. */
  readonly productName: string;
  /** What the city calls its personal code. */
  readonly cityCodeName: string;
  readonly hotline: string;
  readonly timeZone: Zone;
  readonly primaryColour: string;
  readonly footer: { readonly recordNumber: string; readonly operator: string };
  readonly districts: readonly {
    readonly code: string;
    readonly name: string;
    readonly nameEn: string;
    readonly subdistricts: readonly string[];
  }[];
  readonly bureaus: readonly { readonly id: string; readonly name: string; readonly nameEn: string; readonly isDefault?: boolean }[];
  /** What an appeal (诉求) can be about and which bureau answers it. */
  readonly matters: readonly { readonly id: string; readonly name: string; readonly bureauId: string }[];
  readonly smsSignName: string;
  readonly demoEnterprisePrefix: string;
}
