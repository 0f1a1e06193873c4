import './styles/base.css';
import './styles/controls.css';
import './frame/frame.css';
import './parts/parts.css';
import { render } from 'preact';
import { Frame } from './frame/frame.tsx';

render(<Frame />, document.body);
