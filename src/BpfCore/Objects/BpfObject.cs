using System.Diagnostics.CodeAnalysis;
using BpfCore.Maps;
using BpfCore.Programs;
using BpfCore.Specs;

namespace BpfCore.Objects;

/// <summary>A BPF object in the kernel: its maps, its programs and its global variables.</summary>
/// <remarks>
/// Owns all of them and disposes them, the last made first. Links made of its programs, and buffers over its maps,
/// belong to whoever made them and go on working after it. Members may be read by several threads at once, but
/// programs are loaded, and the object is disposed, by one.
/// </remarks>
public sealed class BpfObject : IDisposable
{
    private readonly ObjectLoader _loader;
    private readonly Stack<IDisposable> _owned = new();
    private bool _isDisposed;

    internal BpfObject(ObjectLoader loader, string name)
    {
        _loader = loader;
        Name = name;
    }

    /// <summary>Name of the object, as given when it was read.</summary>
    public string Name { get; }

    /// <summary>The programs loaded so far.</summary>
    public SpecCollection<BpfProgram> Programs { get; } = new("loaded program");

    /// <summary>The maps; those of global data as well.</summary>
    public SpecCollection<BpfMap> Maps { get; } = new("map");

    /// <summary>The global variables.</summary>
    public SpecCollection<BpfVariable> Variables { get; } = new("variable");

    /// <summary>
    /// Loads an object: creates its maps with their initial content, freezes its constants, relocates its programs
    /// against the kernel's types and loads those with <see cref="ProgramSpec.AutoLoad"/>.
    /// </summary>
    /// <param name="spec">The object. It must not change any more.</param>
    /// <param name="options">How to load it; null for the running kernel's types and no observer.</param>
    /// <returns>The object; the caller owns it. When loading fails, nothing of it stays in the kernel.</returns>
    /// <exception cref="BpfVerifierException">The verifier refused a program.</exception>
    /// <exception cref="BpfRelocationException">A program cannot be relocated.</exception>
    /// <exception cref="KernelFeatureException">The kernel has not what a program is to be attached to.</exception>
    /// <exception cref="SyscallException">The kernel refused, for example for want of a capability.</exception>
    public static BpfObject Load(BpfObjectSpec spec, BpfLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return ObjectLoader.ForRunningKernel(spec, options ?? new BpfLoadOptions()).Load();
    }

    /// <summary>Loads a program that was not loaded with the object.</summary>
    /// <param name="name">Name of the program.</param>
    /// <returns>
    /// The program, now also in <see cref="Programs"/>; a program that is loaded already is returned as it is.
    /// </returns>
    /// <exception cref="KeyNotFoundException">The object has no such program.</exception>
    /// <exception cref="BpfVerifierException">The verifier refused it.</exception>
    /// <exception cref="BpfRelocationException">It cannot be relocated.</exception>
    /// <exception cref="KernelFeatureException">The kernel has not what it is to be attached to.</exception>
    /// <exception cref="SyscallException">The kernel refused it for another reason.</exception>
    public BpfProgram LoadProgram(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return Programs.TryGet(name, out BpfProgram? loaded) ? loaded : _loader.LoadProgram(this, name);
    }

    /// <summary>Loads a program that was not loaded with the object, where the kernel takes it.</summary>
    /// <param name="name">Name of the program.</param>
    /// <param name="program">The program, as <see cref="LoadProgram"/> returns it.</param>
    /// <param name="reason">
    /// Why it is not loaded: what <see cref="LoadProgram"/> throws. It was not thrown, which would take longer than
    /// the kernel's answer; for programs of which some are expected to be refused.
    /// </param>
    /// <returns>False when the program cannot be relocated, or the kernel refused it.</returns>
    /// <exception cref="KeyNotFoundException">The object has no such program.</exception>
    public bool TryLoadProgram(
        string name, [NotNullWhen(true)] out BpfProgram? program, [NotNullWhen(false)] out BpfException? reason)
    {
        ArgumentNullException.ThrowIfNull(name);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        reason = null;
        return Programs.TryGet(name, out program) || _loader.TryLoadProgram(this, name, out program, out reason);
    }

    /// <summary>Closes programs and maps. What is attached by links goes on running.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        while (_owned.TryPop(out IDisposable? owned))
        {
            owned.Dispose();
        }
    }

    /// <summary>Takes over what has been made for the object.</summary>
    internal T Own<T>(T resource)
        where T : IDisposable
    {
        _owned.Push(resource);
        return resource;
    }
}
