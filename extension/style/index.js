import 'psilab/page/style.css'
import './base.css'
