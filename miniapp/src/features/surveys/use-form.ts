import { useRouter } from '@tarojs/taro';
import { type Loaded, useResource } from '../resource';
import { useToken } from '../session';
import { useStore } from '../store';
import { currentForm, openForm, type SurveyForm } from './forms';

/** The questionnaire that the page's parameters name. `isFresh`: ask the server again each time the page is shown. */
export function useForm(isFresh: boolean): Loaded<SurveyForm> {
  const { campaignId = '', enterpriseId = '' } = useRouter().params;
  const token = useToken();
  const load = isFresh ? openForm : currentForm;
  const key = campaignId && enterpriseId ? `${campaignId} ${enterpriseId} ${token ?? ''}` : null;
  return useResource(key, () => load(campaignId, enterpriseId));
}

export const useDraft = (form: SurveyForm) => useStore(form.draft.store);
