namespace BpfCore.Diagnostics;

/// <summary>
/// Watches every step of opening, relocating, loading and attaching a BPF object. Derive from it, override what is of
/// interest, and pass it when the object is read or loaded.
/// </summary>
/// <remarks>
/// Methods are called synchronously on the thread that does the work, in the order of the steps. Without an observer
/// the library builds no event at all. An exception thrown by an observer ends the step it watches.
/// </remarks>
public abstract class BpfObserver
{
    /// <summary>A section of the object was found.</summary>
    /// <param name="step">The section.</param>
    public virtual void OnSection(in SectionFound step)
    {
    }

    /// <summary>A program (or subprogram) was cut out of its section.</summary>
    /// <param name="step">The program.</param>
    public virtual void OnProgram(in ProgramFound step)
    {
    }

    /// <summary>A map definition was read, or a data section was turned into one.</summary>
    /// <param name="step">The map.</param>
    public virtual void OnMap(in MapFound step)
    {
    }

    /// <summary>A relocation was applied (or found no match and poisoned its instruction).</summary>
    /// <param name="step">The relocation with the instruction before and after it.</param>
    public virtual void OnRelocation(in RelocationApplied step)
    {
    }

    /// <summary>A subprogram was appended to a program that calls it.</summary>
    /// <param name="step">The caller, the subprogram and its place.</param>
    public virtual void OnSubprogram(in SubprogramLinked step)
    {
    }

    /// <summary>A system call returned.</summary>
    /// <param name="step">The call with decoded arguments and its result.</param>
    public virtual void OnSyscall(in SyscallReturned step)
    {
    }

    /// <summary>Something was not available and the next way was taken.</summary>
    /// <param name="step">What was given up, what is used instead, and why.</param>
    public virtual void OnFallback(in FallbackTaken step)
    {
    }

    /// <summary>The kernel created a map.</summary>
    /// <param name="step">The map with the attributes that it was created with.</param>
    public virtual void OnMapCreated(in MapCreated step)
    {
    }

    /// <summary>The kernel accepted a program.</summary>
    /// <param name="step">The program.</param>
    public virtual void OnProgramLoaded(in ProgramLoaded step)
    {
    }

    /// <summary>A program was attached.</summary>
    /// <param name="step">The program and where it was attached.</param>
    public virtual void OnAttached(in ProgramAttached step)
    {
    }

    /// <summary>A program stays detached, as its section names nothing to attach it to.</summary>
    /// <param name="step">The program.</param>
    public virtual void OnLeftDetached(in ProgramLeftDetached step)
    {
    }
}
