import { standalonePage } from 'psilab/page'
import { liveSession } from '../live.js'

void standalonePage(liveSession)
