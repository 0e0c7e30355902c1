import { createRoot } from 'react-dom/client';
import { App } from './app';
import './desk/desk.css';
import './desk/picker.css';
import './phone/phone.css';
import './phone/sheet.css';
import './phone/web-view.css';
import './chat/chats.css';
import './chat/threads.css';
import './chat/menu.css';
import './wechat/wechat.css';
import './wecom/wecom.css';
import './alipay/alipay.css';
import './sms/sms.css';
import './mail/mail.css';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
