export { Transmission, type TransmissionOptions, transmission } from './transmission.js'
