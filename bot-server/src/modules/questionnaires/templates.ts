import { pulseForm, restaurantForm, type SurveyDocument } from '@suiban/shared/surveys';
import { civilDateAt } from '@suiban/shared/time';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { countOf, titleOf } from './document';

/** The forms we ship, filled with the city's bureaus and matters. */
export function listTemplates({ city, clock }: Deps, actor: OfficialActor) {
  const bureau = city.bureaus.find((each) => each.id === actor.bureauId);
  const year = Number(civilDateAt(clock.now(), city.timeZone).slice(0, 4));
  const setting = {
    issuingBody: bureau?.name ?? city.name,
    keptUntilOn: `${year + 2}-12-31`,
    matters: city.matters.map((matter) => ({ id: matter.id, name: { zh: matter.name, en: matter.name } })),
  };
  const forms: readonly { id: string; document: SurveyDocument }[] = [
    { id: 'restaurant', document: restaurantForm(setting) },
    { id: 'pulse', document: pulseForm(setting) },
  ];
  return {
    items: forms.map(({ id, document }) => ({
      id,
      title: titleOf(document),
      questionCount: countOf(document),
      minutes: document.minutes,
      document,
    })),
  };
}
