"""How python-socketio refuses a namespace here."""

from socketio.packet import CONNECT_ERROR, Packet


class RefusingPacket(Packet):
    """A refusal holds an object (Socket.IO protocol, revision 5), not python-socketio's string."""

    def encode(self):
        if self.packet_type == CONNECT_ERROR and isinstance(self.data, str):
            self.data = {"message": "Invalid namespace"}
        return super().encode()
