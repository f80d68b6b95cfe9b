// Runs beside the sound: turns what the microphone gives into 16-bit samples, a tenth of a second at
// a time, with the loudness of each piece. Told to "flush" it sends the piece it has begun.
const PIECES_PER_SECOND = 10;

class PcmPieces extends AudioWorkletProcessor {
  constructor() {
    super();
    this.begin();
    this.port.onmessage = () => {
      this.send();
      this.port.postMessage({ flushed: true });
    };
  }

  begin() {
    this.piece = new Int16Array(Math.round(sampleRate / PIECES_PER_SECOND));
    this.filled = 0;
    this.energy = 0;
  }

  send() {
    if (this.filled === 0) return;
    const pcm = this.piece.slice(0, this.filled);
    const level = 10 * Math.log10(this.energy / this.filled + 1e-12);
    this.begin();
    this.port.postMessage({ pcm, level }, [pcm.buffer]);
  }

  process(inputs) {
    const samples = inputs[0][0];
    if (!samples) return true;
    for (const sample of samples) {
      const kept = Math.max(-1, Math.min(1, sample));
      this.piece[this.filled] = Math.round(kept * (kept < 0 ? 32768 : 32767));
      this.energy += kept * kept;
      this.filled += 1;
      if (this.filled === this.piece.length) this.send();
    }
    return true;
  }
}

registerProcessor("pcm-pieces", PcmPieces);
