using System.Runtime.InteropServices;
using BpfCore.Diagnostics;
using BpfCore.Specs;

namespace TcpConnLat.Attach;

/// <summary>The compiled BPF programs: resources of the assembly, one for each processor architecture.</summary>
internal static class ObjectImage
{
    /// <summary>Reads the object for a processor.</summary>
    /// <param name="architecture">The processor.</param>
    /// <param name="observer">Told of each step, or null.</param>
    /// <exception cref="PlatformNotSupportedException">There is none for this processor.</exception>
    public static BpfObjectSpec Read(Architecture architecture, BpfObserver? observer = null)
    {
        string name = NameFor(architecture);
        return BpfObjectSpec.Read(ReadResource(name), name, observer);
    }

    private static string NameFor(Architecture architecture) => architecture switch
    {
        Architecture.X64 => "tcpconnlat.x86_64.bpf.o",
        Architecture.Arm64 => "tcpconnlat.arm64.bpf.o",
        _ => throw new PlatformNotSupportedException(
            $"there are BPF programs for x86_64 and arm64, but none for {architecture}"),
    };

    private static byte[] ReadResource(string name)
    {
        // A resource is read by its name: no type or member is looked up, so that trimming and NativeAOT keep it.
#pragma warning disable RS0030
        using Stream stream = typeof(ObjectImage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the assembly was built without its resource {name}");
#pragma warning restore RS0030
        byte[] image = new byte[stream.Length];
        stream.ReadExactly(image);
        return image;
    }
}
