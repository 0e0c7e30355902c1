import { createRoot } from 'react-dom/client';
import { App } from './app';
import './desk.css';
import './phone.css';
import './picker.css';
import './web-view.css';
import './chats.css';
import './wechat.css';
import './wecom.css';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
