"""interviews report: the preparation as one file."""

from pathlib import Path

from tests.cli.process import Voicecoach


def test_the_terminal_writes_it_for_its_owner_only(voicecoach: Voicecoach, tmp_path: Path) -> None:
    made = voicecoach("interviews", "add", "--company", "Birch & Co", "--date", "2099-01-02")
    assert made.code == 0
    (interview,) = voicecoach("interviews", "list", "--json").data
    out = tmp_path / "report.html"
    assert str(out) in voicecoach("interviews", "report", interview["id"], "--out", str(out)).out
    assert "Birch &amp; Co" in out.read_text(encoding="utf-8")
    assert out.stat().st_mode & 0o077 == 0
    told = voicecoach("interviews", "report", interview["id"], "--json").data
    assert told["name"] == "Birch & Co"
    refused = voicecoach("interviews", "report", interview["id"], code=None)
    assert refused.code != 0
    assert len(refused.error_lines) == 1
