using System.Runtime.CompilerServices;

namespace TcpConnLat.Events;

/// <summary>An IP address in network byte order: 16 bytes of IPv6, or IPv4 in the first 4.</summary>
[InlineArray(Length)]
internal struct AddressBytes
{
    /// <summary>The size of an IPv6 address.</summary>
    public const int Length = 16;

    private byte _first;
}
