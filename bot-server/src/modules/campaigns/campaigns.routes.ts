import { campaignsApi } from '@suiban/shared/api/campaigns';
import { downloadRoute, eventsRoute, type Route, rawRoute, route } from '../../kernel/http/route';
import type { Deps } from '../module';
import { listDeliveries } from './board/list-deliveries';
import { proveCampaign } from './board/prove-campaign';
import { readDelivery } from './board/read-delivery';
import { checkCampaign } from './check-campaign';
import { exportDeliveries } from './export-deliveries';
import { launchCampaign } from './launch-campaign';
import { listCampaigns } from './list-campaigns';
import { listMessageTemplates } from './list-message-templates';
import { openLink } from './open-link';
import { openLinkSession } from './open-link-session';
import { previewAudience } from './preview-audience';
import { readCampaign } from './read-campaign';
import { resolveUnknown } from './resolve-unknown';
import { retryFailed } from './retry-failed';
import { reviewCampaign } from './review-campaign';
import { saveCampaign } from './save-campaign';
import { sendTest } from './send-test';
import { steerCampaign } from './steer-campaign';
import { readProgress, watchCampaign } from './watch-campaign';

const draftRoutes = (deps: Deps): readonly Route[] => [
  route(campaignsApi.listCampaigns, (actor, { query }) => listCampaigns(deps, actor, query)),
  route(campaignsApi.getCampaign, (actor, { params }) => readCampaign(deps, actor, params.campaignId)),
  route(campaignsApi.createCampaign, (actor, { body }) => saveCampaign(deps, actor, body)),
  route(campaignsApi.updateCampaign, (actor, { params, body }) =>
    saveCampaign(deps, actor, body.draft, { campaignId: params.campaignId, revision: body.revision }),
  ),
  route(campaignsApi.previewAudience, (actor, { body }) => previewAudience(deps, actor, body)),
  route(campaignsApi.checkCampaign, (actor, { params }) => checkCampaign(deps, actor, params.campaignId)),
  route(campaignsApi.listMessageTemplates, (actor) => listMessageTemplates(deps, actor)),
  route(campaignsApi.sendTest, (actor, { params, body }) => sendTest(deps, actor, params.campaignId, body)),
  route(campaignsApi.submitCampaign, (actor, { params, body }) =>
    reviewCampaign(deps, actor, params.campaignId, { action: 'submit', ...body }),
  ),
  route(campaignsApi.withdrawCampaign, (actor, { params }) => reviewCampaign(deps, actor, params.campaignId, { action: 'withdraw' })),
  route(campaignsApi.approveCampaign, (actor, { params, body }) =>
    reviewCampaign(deps, actor, params.campaignId, { action: 'approve', ...body }),
  ),
  route(campaignsApi.rejectCampaign, (actor, { params, body }) =>
    reviewCampaign(deps, actor, params.campaignId, { action: 'reject', ...body }),
  ),
];

const sendingRoutes = (deps: Deps): readonly Route[] => [
  route(campaignsApi.launchCampaign, (actor, { params }) => launchCampaign(deps, actor, params.campaignId)),
  route(campaignsApi.pauseCampaign, (actor, { params, body }) =>
    steerCampaign(deps, actor, params.campaignId, { action: 'pause', ...body }),
  ),
  route(campaignsApi.resumeCampaign, (actor, { params }) => steerCampaign(deps, actor, params.campaignId, { action: 'resume' })),
  route(campaignsApi.cancelCampaign, (actor, { params, body }) =>
    steerCampaign(deps, actor, params.campaignId, { action: 'cancel', ...body }),
  ),
  route(campaignsApi.closeCampaign, (actor, { params, body }) =>
    steerCampaign(deps, actor, params.campaignId, { action: 'close', ...body }),
  ),
  route(campaignsApi.retryFailed, (actor, { params, body }) => retryFailed(deps, actor, params.campaignId, body.codes)),
  route(campaignsApi.resolveUnknown, (actor, { params, body }) => resolveUnknown(deps, actor, params.campaignId, body)),
];

const boardRoutes = (deps: Deps): readonly Route[] => [
  route(campaignsApi.getCampaignProgress, (_actor, { params }) => readProgress(deps, params.campaignId)),
  eventsRoute(campaignsApi.watchCampaign, (actor, { params, request }) => watchCampaign(deps, actor, params.campaignId, request.signal)),
  route(campaignsApi.listDeliveries, (_actor, { params, query }) => listDeliveries(deps, params.campaignId, query)),
  route(campaignsApi.getDelivery, (_actor, { params }) => readDelivery(deps, params.campaignId, params.seq)),
  route(campaignsApi.getCampaignProof, (_actor, { params }) => proveCampaign(deps, params.campaignId)),
  downloadRoute(campaignsApi.exportDeliveries, (actor, { params, query }) => exportDeliveries(deps, actor, params.campaignId, query.state)),
  rawRoute(campaignsApi.openLink, (_actor, { params }) => openLink(deps, params.token)),
  route(campaignsApi.openLinkSession, (_actor, { body }) => openLinkSession(deps, body.token)),
];

export const campaignRoutes = (deps: Deps): readonly Route[] => [...draftRoutes(deps), ...sendingRoutes(deps), ...boardRoutes(deps)];
