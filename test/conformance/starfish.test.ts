import { conformRoom } from './conform-room.ts';

conformRoom('starfish');
