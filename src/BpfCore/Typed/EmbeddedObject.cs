using BpfCore.Diagnostics;
using BpfCore.Specs;

namespace BpfCore.Typed;

/// <summary>Reads a BPF object that is a resource of an assembly.</summary>
public static class EmbeddedObject
{
    /// <summary>Reads an object.</summary>
    /// <param name="owner">A type of the assembly.</param>
    /// <param name="name">Name of the resource, which becomes the object's name.</param>
    /// <param name="observer">Is told what is found, or null.</param>
    /// <exception cref="InvalidOperationException">The assembly has no such resource.</exception>
    /// <exception cref="BpfFormatException">The object is damaged or not supported.</exception>
    public static BpfObjectSpec Read(Type owner, string name, BpfObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(name);
        return BpfObjectSpec.Read(ReadResource(owner, name), name, observer);
    }

    private static byte[] ReadResource(Type owner, string name)
    {
        // A resource is read by its name: no type or member is looked up, so that trimming and NativeAOT keep it.
#pragma warning disable RS0030
        using Stream stream = owner.Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException(
                $"the assembly of {owner.Name} was built without its resource {name}; it comes with <BpfObject>");
#pragma warning restore RS0030
        byte[] image = GC.AllocateUninitializedArray<byte>((int)stream.Length);
        stream.ReadExactly(image);
        return image;
    }
}
