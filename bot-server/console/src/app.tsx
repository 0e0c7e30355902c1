import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { ColourModeProvider } from './layout/colour-mode';
import { SignedIn } from './layout/session';
import { Shell } from './layout/shell';
import { NotFoundPage } from './pages/not-found-page';
import { SignInPage } from './pages/sign-in/sign-in-page';

const WorkbenchPage = lazy(() => import('./pages/workbench/workbench-page').then((page) => ({ default: page.WorkbenchPage })));
const EnterprisesPage = lazy(() => import('./pages/enterprises/enterprises-page').then((page) => ({ default: page.EnterprisesPage })));
const EnterprisePage = lazy(() => import('./pages/enterprises/enterprise-page').then((page) => ({ default: page.EnterprisePage })));
const ImportsPage = lazy(() => import('./pages/imports/imports-page').then((page) => ({ default: page.ImportsPage })));
const ImportPage = lazy(() => import('./pages/imports/import-page').then((page) => ({ default: page.ImportPage })));
const QuestionnairesPage = lazy(() =>
  import('./pages/questionnaires/questionnaires-page').then((page) => ({ default: page.QuestionnairesPage })),
);
const DesignerPage = lazy(() => import('./pages/questionnaires/designer-page').then((page) => ({ default: page.DesignerPage })));
const QuestionnaireImportPage = lazy(() =>
  import('./pages/questionnaires/questionnaire-import-page').then((page) => ({ default: page.QuestionnaireImportPage })),
);
const CampaignsPage = lazy(() => import('./pages/campaigns/campaigns-page').then((page) => ({ default: page.CampaignsPage })));
const CampaignWizardPage = lazy(() =>
  import('./pages/campaigns/wizard/campaign-wizard-page').then((page) => ({ default: page.CampaignWizardPage })),
);
const CampaignBoardPage = lazy(() =>
  import('./pages/campaigns/board/campaign-board-page').then((page) => ({ default: page.CampaignBoardPage })),
);
const ResultsPage = lazy(() => import('./pages/results/results-page').then((page) => ({ default: page.ResultsPage })));
const WorkOrdersPage = lazy(() => import('./pages/work-orders/work-orders-page').then((page) => ({ default: page.WorkOrdersPage })));
const WorkOrderPage = lazy(() => import('./pages/work-orders/work-order-page').then((page) => ({ default: page.WorkOrderPage })));
const ConversationsPage = lazy(() =>
  import('./pages/conversations/conversations-page').then((page) => ({ default: page.ConversationsPage })),
);
const AuditPage = lazy(() => import('./pages/audit/audit-page').then((page) => ({ default: page.AuditPage })));

const waiting = <Skeleton active paragraph={{ rows: 8 }} style={{ padding: 32 }} />;

export function App() {
  return (
    <ColourModeProvider>
      <Suspense fallback={waiting}>
        <Routes>
          <Route path="/sign-in" element={<SignInPage />} />
          <Route
            element={
              <SignedIn>
                <Shell />
              </SignedIn>
            }
          >
            <Route index element={<WorkbenchPage />} />
            <Route path="campaigns" element={<CampaignsPage />} />
            <Route path="campaigns/new" element={<CampaignWizardPage />} />
            <Route path="campaigns/:campaignId/edit" element={<CampaignWizardPage />} />
            <Route path="campaigns/:campaignId" element={<CampaignBoardPage />} />
            <Route path="campaigns/:campaignId/results" element={<ResultsPage />} />
            <Route path="questionnaires" element={<QuestionnairesPage />} />
            <Route path="questionnaires/import" element={<QuestionnaireImportPage />} />
            <Route path="questionnaires/:questionnaireId" element={<DesignerPage />} />
            <Route path="enterprises" element={<EnterprisesPage />} />
            <Route path="enterprises/:enterpriseId" element={<EnterprisePage />} />
            <Route path="imports" element={<ImportsPage />} />
            <Route path="imports/:importId" element={<ImportPage />} />
            <Route path="work-orders" element={<WorkOrdersPage />} />
            <Route path="work-orders/:workOrderId" element={<WorkOrderPage />} />
            <Route path="conversations" element={<ConversationsPage />} />
            <Route path="conversations/:conversationId" element={<ConversationsPage />} />
            <Route path="audit" element={<AuditPage />} />
            <Route path="*" element={<NotFoundPage />} />
          </Route>
        </Routes>
      </Suspense>
    </ColourModeProvider>
  );
}
