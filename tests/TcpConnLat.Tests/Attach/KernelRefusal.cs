using System.Runtime.CompilerServices;
using BpfCore;

namespace TcpConnLat.Tests.Attach;

/// <summary>Makes the exception that the library throws; only the library can construct it.</summary>
internal static class KernelRefusal
{
    public static BpfException Create(string feature, string reason) => Construct(feature, reason, null);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern KernelFeatureException Construct(string feature, string reason, Exception? inner);
}
